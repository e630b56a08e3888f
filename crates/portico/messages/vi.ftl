### Bản dùng thử.

demo-mailbox-title = Hộp thư
demo-mailbox-lead = Mọi email mà bản dùng thử này đã gửi, mới nhất ở trên. Không có gì rời khỏi máy này.
demo-mailbox-empty = Chưa có email nào
demo-mailbox-empty-text = Hãy đăng ký, nộp hồ sơ hoặc quyết định một hồ sơ, email sẽ xuất hiện ở đây.
demo-mailbox-to = Gửi { $recipient }
demo-mailbox-all = Tất cả thư
demo-mailbox-message = Nội dung thư
demo-mailbox-choose = Chọn một thư để đọc.
demo-mailbox-recipient = Người nhận
demo-mailbox-sent = Thời điểm gửi

## Mỗi mục dùng để làm gì, trên trang đầu.

customers-nav-about = Mời khách hàng và theo dõi trạng thái của từng khách hàng.
customers-nav-about-reads = Xem khách hàng và trạng thái của từng khách hàng.
credit-nav-about = Xem số dư và mọi giao dịch.
credit-nav-about-partner = Nạp tiền cho khách hàng; xem số dư và mọi giao dịch.
partner-discount-nav-about = Yêu cầu { $provider } cấp chiết khấu, và cấp chiết khấu cho khách hàng.
partner-discount-nav-about-reads = Xem chiết khấu của { $provider } và chiết khấu dành cho khách hàng.
price-nav-about = Xem giá niêm yết và giá dành cho bạn.
